# Three items were reported shipped, but four were on the truck: another event says so (Table 5-19).
design 14

call item[4]    01/0952114117473?/21/14101
call site       414/952114111111?
call sender     414/952114111111?/254/10
call recipient  414/952114111111?/254/20

> V1: Ship 3
  | 2023-07-15 10:00 shipping item[1-3]; seen at site; from owning_party sender; to owning_party recipient; in_transit
  item[1-3]: holder sender; for recipient; at site; is in_transit; events 1
  item[4]: unknown
> V2: Ship 4th
  | 2023-07-15 10:00 shipping item[4]; seen at site; from owning_party sender; to owning_party recipient; in_transit
  item: holder sender; for recipient; at site; is in_transit; history shipping
