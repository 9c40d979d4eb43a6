# A wholesaler sells what it never touches: the manufacturer ships straight to the hospital (Table 5-6).
# The wholesaler is named as the new owner, the hospital as who will have the goods; custody follows the goods.
design 5

call pallet        00/09521141000005200?
call manufacturer  414/952114110000?
call exit          414/952114145612?
call buyer         414/952292020019?
call hospital      414/952292020010?
call hospital-dock 414/952299910030?

> V1: Ship SSCC
  | 2024-03-22 14:45 shipping pallet; seen at exit; from owning_party manufacturer; from possessing_party manufacturer; from location exit; to owning_party buyer; to possessing_party hospital; to location hospital-dock; in_progress
  pallet: holder manufacturer; for hospital; at exit; is in_progress; events 1
> V2: Arrival of SSCC
  | 2024-03-22 14:48 arriving pallet; seen at exit; from owning_party manufacturer; from possessing_party manufacturer; from location exit; to owning_party buyer; to possessing_party hospital; to location hospital-dock; in_progress
  # The design leaves the read point of the shipment in the arrival, so this is where the pallet was last seen.
  pallet: holder hospital; for nobody; at exit; is in_progress; history shipping, arriving
  find MATCH_anyEPC={pallet}&EQ_destination_owning_party={buyer}: shipping, arriving
  find MATCH_anyEPC={pallet}&EQ_destination_location={hospital-dock}&EQ_bizStep=arriving: arriving
