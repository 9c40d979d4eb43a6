# Five cases on a pallet are shipped, received, and unpacked in two goes (Table 5-3).
design 3

call pallet        00/09521568000003200?
call case[5]       01/0952156825645?/21/3200
call packing-line  414/952114112345?
call plant         414/952114100010?
call exit          414/952114145612?
call manufacturer  414/952114111111?
call retailer      414/952134567890?
call inbound-gate  414/952134567895?
call unpacking     414/952134567896?

> V1: Pack Pallet
  | 2024-03-22 14:05 packing ADD case[1-5] of pallet; seen at packing-line; is at plant; in_progress
  pallet: contains case[1-5]; at plant; is in_progress; events 1
  case: in pallet; at plant; holder plant
> V2: Ship Pallet
  | 2024-03-22 14:07 shipping pallet; seen at exit; from owning_party manufacturer; to owning_party retailer; in_transit
  pallet: holder manufacturer; for retailer; at exit; is in_transit
  case: in pallet; holder manufacturer; for retailer; at exit; is in_transit; events 1
> V3: Receive Pallet
  | 2024-03-22 14:10 receiving case[1-5] of pallet; seen at inbound-gate; is at retailer; in_progress
  pallet: holder retailer; for nobody; at retailer; is in_progress; contains case[1-5]
  case: in pallet; holder retailer; for nobody; at retailer; is in_progress; events 2
> V4: Unpack 2 Cases
  | 2024-03-22 14:11 unpacking DELETE case[1-2] of pallet; seen at unpacking; is at retailer; in_progress
  pallet: contains case[3-5]
  case[1-2]: in nothing; holder retailer; at retailer; history packing, receiving, unpacking
  case[3-5]: in pallet; holder retailer; history packing, receiving
> V5: Unpack Remaining
  | 2024-03-22 14:13 unpacking DELETE nothing of pallet; seen at unpacking; is at retailer; in_progress
  # The event names the pallet alone: whatever was left in it is out.
  pallet: contains nothing; holder retailer; at retailer; history packing, shipping, receiving, unpacking, unpacking
  case[3-5]: in nothing; holder retailer; at retailer; history packing, receiving
