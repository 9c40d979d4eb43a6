# A pallet and a case get their labels, the case goes onto the pallet, the pallet is shipped (Table 4-7).
design 2

call pallet        00/09521141123458789?
call case          01/0952156825645?/21/2200
call label-printer 414/952114112345?
call plant         414/952114100010?
call exit          414/952114145612?
call manufacturer  414/952114111111?
call retailer      414/952134567890?

> SSCC of Pallet
  | 2024-03-22 13:47 commissioning ADD pallet; seen at label-printer; is at plant; active
  # No event has named a party so far; the place stands for it.
  pallet: holder plant; at plant; is active; contains nothing; events 1
  case: unknown
> SGTIN of Case
  | 2024-03-22 13:47 commissioning ADD case; seen at label-printer; is at plant; active
  case: holder plant; at plant; is active; in nothing; events 1
> Pack Cases
  | 2024-03-22 13:47 packing ADD case of pallet; seen at label-printer; is at plant; in_progress
  pallet: contains case; is in_progress; events 2
  case: in pallet; is in_progress; events 2
> Ship SSCC
  | 2024-03-22 13:47 shipping pallet; seen at exit; from owning_party manufacturer; to owning_party retailer; po urn:epcglobal:cbv:bt:5012345678900:1234; inv urn:epcglobal:cbv:bt:0614141111114:9876; in_transit
  # Only the pallet is named, and the case goes along.
  pallet: holder manufacturer; for retailer; at exit; is in_transit; history commissioning, packing, shipping
  case: holder manufacturer; for retailer; at exit; is in_transit; in pallet; history commissioning, packing
