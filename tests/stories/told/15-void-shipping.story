# Three items were reported shipped, but one stayed behind: void_shipping takes its shipment back (Table 5-20).
# The design hands on the first of the three, where its text speaks of the third.
design 15

call item[3]    01/0952114117473?/21/15101
call site       414/952114111111?
call sender     414/952114111111?/254/10
call recipient  414/952114111111?/254/50

> V1: Ship 3 Instances
  | 2023-07-15 10:00 shipping item[1-3]; seen at site; from owning_party sender; to owning_party recipient; in_transit
  item: holder sender; for recipient; at site; is in_transit; events 1
> V3: 3rd not shipped
  | 2023-07-18 14:00 void_shipping item[1]; seen at site; is at site; from owning_party sender; to owning_party recipient; in_progress
  item[1]: holder sender; for nobody; at site; is in_progress; history shipping, void_shipping
  item[2-3]: holder sender; for recipient; at site; is in_transit; history shipping
