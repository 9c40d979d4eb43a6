# Ten pieces of one lot and twenty of another on one pallet, shipped and received as the pallet (Table 5-8).
design 7

call pallet       00/09521141000007200?
call lot-x        01/0952156825120?/10/7012
call lot-y        01/0952156825121?/10/7052
call packing-line 414/952114112345?
call maker        414/952114112310?
call exit         414/952114112369?
call retailer     414/952114132199?
call gate         414/952114132190?

> V1: Pack Pallet
  | 2024-03-22 16:19 packing ADD 10 lot-x, 20 lot-y of pallet; seen at packing-line; in_progress
  pallet: contains lot-x, lot-y; at packing-line; is in_progress
  # Who had the lots before, no event says; what was packed is there, on the pallet.
  lot-x: stock 10 with packing-line; in pallet; events 1
  lot-y: stock 20 with packing-line; in pallet; events 1
> V2: Ship Pallet
  | 2024-03-22 16:21 shipping pallet; seen at exit; from owning_party maker; to owning_party retailer; in_transit
  pallet: holder maker; for retailer; at exit; is in_transit; contains lot-x, lot-y
> V3: Receive Pallet
  | 2024-03-22 16:22 receiving pallet; seen at gate; from owning_party maker; to owning_party retailer; in_progress
  pallet: holder retailer; for nobody; at gate; is in_progress; contains lot-x, lot-y; history packing, shipping, receiving
  # No event but the packing names the lots; who has the pallet has them. Nobody said how they came to be where they were packed.
  lot-x: stock -10 with packing-line, 10 with retailer; history packing
  lot-y: stock -20 with packing-line, 20 with retailer; history packing
