# Meant for components built into a place (5.10.2). The design is that of 5.10.1 once more: a sensor in a tray, and no place as its parent.
design 19

call tray    8003/0095215655001?19200
call sensor  8004/0952114119100
call site    414/095211411111?

> Component Installing
  | 2023-10-12 08:45 installing (attached) ADD sensor of tray; seen at site
  tray: carries sensor; contains nothing; at site; events 1
  sensor: on tray; in nothing; at site; history installing
