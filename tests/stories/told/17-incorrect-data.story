# A shipment with the wrong order number is declared wrong, and a right one takes its place (Table 5-22).
# Read point and action of the declaration are not those of the shipment it withdraws, as the design has it: the shared id counts.
design 17

call item[3]     01/0952678437843?/21/17101
call wrong-dock  414/095211411111?
call right-dock  414/095215682564?

> Incorrect shipping
  | 2023-07-15 10:00 shipping item[1-3]; seen at wrong-dock; po urn:epcglobal:cbv:bt:456; in_transit
  item: at wrong-dock; is in_transit; events 1
> Incorrect shipping event
  | 2023-07-15 10:00 shipping DELETE item[1-3]; seen at right-dock; po urn:epcglobal:cbv:bt:456; in_transit; DECLARED WRONG 2023-07-17 13:00: incorrect_data
  item: at nowhere; is unspecified; history shipping (withdrawn), shipping (error)
> Corrected shipping
  | 2023-07-15 10:00 shipping item[1-3]; seen at right-dock; po urn:epcglobal:cbv:bt:123; in_transit
  item: at right-dock; is in_transit; history shipping (withdrawn), shipping (error), shipping
  find MATCH_anyEPC={item[1]}&EQ_bizTransaction_po=urn:epcglobal:cbv:bt:123: shipping
  find MATCH_anyEPC={item[1]}&EXISTS_errorDeclaration=true: shipping
  find EQ_correctiveEventID=urn:uuid:692d95fc-9457-4a51-bd6a-0bba133846bd: shipping
