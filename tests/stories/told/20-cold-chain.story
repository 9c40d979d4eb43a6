# A logistic unit is stored, put into the cold room and taken out; the room reports its day (5.11.1).
design 20

call pallet  00/09521141000020200?
call store   414/095211411111?

> Storing items
  | 2023-06-15 08:00 storing pallet; seen at store; is at store; Temperature max 12 min 12.1 CEL
  pallet: at store; events 1
> Move to cold storage
  | 2023-06-15 08:15 storing pallet; seen at store; is at store; Temperature max 12.1 min 12.2 CEL
  pallet: at store; events 2
> Out of cold storage
  | 2023-06-15 17:45 storing pallet; seen at store; is at store; Temperature max 9.2 min 9.2 CEL
  pallet: at store; holder store; is unspecified; history storing, storing, storing
> Sensor info of cold storage
  | 2023-06-15 23:59 sensor_reporting; seen at store; Temperature max 9.1 min 9.4 CEL
  # The report names the room and no goods: the pallet's chain does not grow.
  pallet: events 3
  find MATCH_anyEPC={pallet}&GE_maxValue_CEL=12: storing, storing
  find MATCH_anyEPC={pallet}&GE_maxValue_CEL=12.1: storing
  find EQ_readPoint={store}&EQ_bizStep=sensor_reporting&LT_maxValue_CEL=9.15: sensor_reporting
