# A logistic unit was too warm: the sensor sends an alarm (5.11.2).
design 21

call pallet  00/09521141000021200?
call site    414/952114111111?

> Sensor notification
  | 2023-06-23 13:35 sensor_reporting pallet; seen at site; Temperature ALARM_CONDITION 15.1 CEL
  pallet: at site; is unspecified; events 1; history sensor_reporting
  find MATCH_anyEPC={pallet}&GT_value_CEL=15: sensor_reporting
  find MATCH_anyEPC={pallet}&GT_value_CEL=15.1: nothing
