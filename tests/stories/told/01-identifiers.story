# One pallet leaves the manufacturer: who, where and why in a single event (Table 4-6).
design 1

call pallet        00/09521141123457789?
call manufacturer  414/952114111111?
call dock-2        414/952114111111?/254/2
call retailer      414/952134567890?

> V1: Ship SSCC
  | 2014-03-15 10:11 shipping pallet; seen at dock-2; from owning_party manufacturer; to owning_party retailer; po urn:epcglobal:cbv:bt:5012345678900:1234; inv urn:epcglobal:cbv:bt:0614141111114:9876; in_transit
  # Until somebody takes it in, it is the manufacturer's, on the way to the retailer.
  pallet: holder manufacturer; for retailer; at dock-2; is in_transit; in nothing; events 1
  find MATCH_anyEPC={pallet}&EQ_bizTransaction_po=urn:epcglobal:cbv:bt:5012345678900:1234: shipping
  find MATCH_anyEPC={pallet}&EQ_destination_owning_party={retailer}: shipping
