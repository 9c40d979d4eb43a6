# Three serialised items and two lots on one pallet (Table 5-9).
design 8

call pallet       00/09521141000008200?
call item[3]      01/0952156825120?/21/8101
call lot-x        01/0952156825121?/10/8012
call lot-y        01/0952156825122?/10/8052
call packing-line 414/952114112345?
call maker        414/952114112310?
call exit         414/952114112369?
call retailer     414/952114132199?
call gate         414/952114132190?

> V1: Pack Pallet
  | 2024-03-22 16:35 packing ADD item[1-3], 10 lot-x, 20 lot-y of pallet; seen at packing-line; in_progress
  pallet: contains item[1-3], lot-x, lot-y; at packing-line; is in_progress
  item: in pallet; at packing-line
> V2: Ship Pallet
  | 2024-03-22 16:36 shipping pallet; seen at exit; from owning_party maker; to owning_party retailer; in_transit
  pallet: holder maker; for retailer; at exit; is in_transit
  item: holder maker; for retailer; at exit; is in_transit; in pallet
> V3: Receive Pallet
  | 2024-03-22 16:37 receiving pallet; seen at gate; from owning_party maker; to owning_party retailer; in_progress
  pallet: holder retailer; for nobody; at gate; is in_progress; history packing, shipping, receiving
  item: holder retailer; for nobody; at gate; is in_progress; in pallet; history packing
