# The same cannery, with withdrawals while the batch goes on: one process over three events (Table 5-13).
design 11

call process  https://xid.example.com/Xform123
call tuna-10  01/0952156825120?/21/11010
call tuna-45  01/0952156825120?/21/11045
call tuna-97  01/0952156825120?/21/11097
call oil      01/0952156825121?/10/11012
call salt     01/0952156825122?
call cans     01/0952156825123?/10/11999

> V1: First Set in Batch
  | 2024-03-22 17:09 creating_class_instance tuna-10, tuna-45, 5 LTR oil, 40 salt -> nothing; process process; active
  tuna-10, tuna-45, oil: became nothing; events 1
  cans, tuna-97: unknown
> V2: First Withdrawal
  | 2024-03-22 17:19 creating_class_instance nothing -> 30 cans; process process; active
  cans: from tuna-10, tuna-45, oil, salt; stock 30 with nobody; is active; events 1
  tuna-10, tuna-45, oil: became cans
> V3: Ship First Set
  | 2024-03-22 17:20 shipping 30 cans; in_transit
  cans: is in_transit; history creating_class_instance, shipping
> V4: Process Remaining
  | 2024-03-22 17:23 creating_class_instance tuna-97, 5 LTR oil, 60 salt -> 70 cans; process process; active
  # Cans of one lot cannot be told apart: the third tuna is in the lot, so also, for whoever traces, in what was shipped before it was cut.
  cans: from tuna-10, tuna-45, tuna-97, oil, salt; stock 70 with nobody, 30 to nobody; history creating_class_instance, shipping, creating_class_instance
  tuna-97: became cans; events 1
  oil: became cans; stock -10 LTR with nobody; events 2
