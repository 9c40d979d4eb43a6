# An item is made with its expiry date, shipped and received (Table 5-10). No event names a party, so the place stands for who has it.
design 9

call item   01/0952156825122?/21/9100
call line   414/952114112345?
call plant  414/952114100010?
call exit   414/952114145612?
call gate   414/952256585641?

> V1: Product Instance
  | 2024-03-22 16:50 commissioning ADD item; seen at line; is at plant; ilmd {"gs1:Product":{"gs1:expirationDate":"2026-10-10","gs1:hasBatchLotNumber":"true"}}; active
  item: holder plant; at plant; is active; events 1
> V2: Ship Product
  | 2024-03-22 16:51 shipping item; seen at exit; in_transit
  item: at exit; is in_transit; for nobody
> V3: Receive Product
  | 2024-03-22 16:52 receiving item; seen at gate; in_progress
  item: holder gate; at gate; is in_progress; history commissioning, shipping, receiving
  find MATCH_anyEPC={item}&EQ_INNER_ILMD_gs1:expirationDate=2026-10-10: commissioning
  find MATCH_anyEPC={item}&EQ_INNER_ILMD_gs1:expirationDate=2026-10-09: nothing
