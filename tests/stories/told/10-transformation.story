# Canned tuna: three tunas, oil of one lot and salt without a lot become a lot of a hundred cans (Table 5-12).
design 10

call tuna-10  01/0952156825120?/21/10010
call tuna-45  01/0952156825120?/21/10045
call tuna-97  01/0952156825120?/21/10097
call oil      01/0952156825121?/10/10012
call salt     01/0952156825122?
call cans     01/0952156825123?/10/10999

> V1: Manufacture Can
  | 2024-03-19 15:39 creating_class_instance tuna-10, tuna-45, tuna-97, 10 LTR oil, 100 salt -> 100 cans; active
  cans: from tuna-10, tuna-45, tuna-97, oil, salt; became nothing; is active; stock 100 with nobody; events 1
  tuna-10, tuna-45, tuna-97: became cans; from nothing; events 1
  # How much oil there was before, no event has said.
  oil: became cans; stock -10 LTR with nobody; events 1
