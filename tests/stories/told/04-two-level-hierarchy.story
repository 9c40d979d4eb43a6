# Fifteen items go into three cases, and these onto a pallet (Table 5-4). The design names neither places nor parties.
design 4

call item[15]  01/0952156833645?/21/4001
call case[3]   01/0952156825645?/21/4101
call pallet    00/09521141000005001?

> V1-3: Pack Items
  | 2024-03-17 17:20 packing ADD item[1-5] of case[1]; in_progress
  | 2024-03-18 01:20 packing ADD item[6-10] of case[2]; in_progress
  | 2024-03-18 09:20 packing ADD item[11-15] of case[3]; in_progress
  case[1]: contains item[1-5]
  case[2]: contains item[6-10]
  case[3]: contains item[11-15]
  item[6-10]: in case[2]; is in_progress; events 1
> V4: Cases onto Pallet
  | 2024-03-18 17:35 packing ADD case[1-3] of pallet; in_progress
  pallet: contains case[1-3]; at nowhere; holder nobody; events 1
  case: in pallet; history packing, packing
  item[1-5]: in case[1], pallet; at nowhere; holder nobody; events 1
  item[11-15]: in case[3], pallet; events 1
