# A sensor is built into a reusable tray (5.10.1).
design 18

call tray    8003/0095215655001?18200
call sensor  8004/0952114118100
call site    414/095211411111?

> Component Installing
  | 2023-10-12 08:45 installing (attached) ADD sensor of tray; seen at site
  tray: carries sensor; contains nothing; at site; events 1
  sensor: on tray; in nothing; at site; history installing
