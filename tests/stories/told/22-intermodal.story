# From pallet to sea container to truck to ship, with what the sensors say on the way (5.11.3). No event names a party.
# In the ship's readings the times between which they were taken are turned round; they are kept as they came.
design 22

call item       01/0952114117473?/21/22100
call pallet     00/09521141000022200?
call container  urn:epc:id:bic:CSQU3054383
call truck      8004/952156550022200
call vessel     urn:epc:id:imovn:9176187
call yard       414/952114111111?
call port       414/952114111112?

> Packing to pallet
  | 2023-06-24 08:00 packing ADD item of pallet; seen at yard
  pallet: contains item; at yard
  item: in pallet; at yard; holder yard
> Loading to container
  | 2023-06-24 09:15 loading ADD pallet of container; seen at yard
  item: in pallet, container; at yard
> Load to truck
  | 2023-06-24 09:45 loading ADD container of truck; seen at yard
  truck: contains container
  container: contains pallet
  item: in pallet, container, truck
> Arrival to port
  | 2023-06-24 14:20 arriving truck; seen at port
  # The event names the truck, and everything in it has arrived.
  item, pallet, container, truck: at port
> Unloading from truck
  | 2023-06-24 14:55 unloading DELETE container of truck; seen at port
  truck: contains nothing; history loading, arriving, unloading
  container: in nothing; at port; contains pallet
  item: in pallet, container; at port
> Load to vessel
  | 2023-06-24 17:11 loading ADD container of vessel; seen at port
  vessel: contains container
  item: in pallet, container, vessel
> Departure from port
  | 2023-06-24 23:59 departing vessel; seen at port; Temperature max 21.8 min 8.1 CEL; AbsoluteHumidity max 8.2 min 6.1 A93
  vessel: history loading, departing
> Container Sensor reporting
  | 2023-06-24 23:59 sensor_reporting container; Angle latitude 53.553747; Angle longitude 8.562372; Angle latitude 53.882318; Angle longitude 8.099310; Angle latitude 54.172892; Angle longitude 7.094428; Angle latitude 54.389794; Angle longitude 5.753072; Angle latitude 54.790116; Angle longitude 3.407863; Angle latitude 56.196056; Angle longitude 1.490934
  container: in vessel
> Daily vessel report
  | 2023-06-25 23:59 sensor_reporting vessel; Temperature max 14.9 min 5.6 CEL; AbsoluteHumidity max 4.6 min 3.3 A93
  vessel: history loading, departing, sensor_reporting; contains container
> Container sensor reporting
  | 2023-06-25 23:59 sensor_reporting container
  item: in pallet, container, vessel; at port; holder port; history packing
  pallet: in container, vessel; at port; history packing, loading
  container: in vessel; at port; history loading, loading, unloading, loading, sensor_reporting, sensor_reporting
  find MATCH_anyEPC={vessel}&GE_maxValue_CEL=21: departing
  find MATCH_anyEPC={container}&EQ_bizStep=sensor_reporting: sensor_reporting, sensor_reporting
