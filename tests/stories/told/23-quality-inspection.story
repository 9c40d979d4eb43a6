# Fruit of a lot is tested for germs and residues, with two test procedures as papers (5.11.4). How much of the lot, the design does not say.
design 23

call fruit   01/0952156825645?/10/23200
call lab     414/952156825645?
call device  8004/9521565500

> Quality inspection
  | 2023-08-10 08:10 inspecting fruit; seen at lab; testprd https://id.gs1.org/253/9521565678002100; testprd https://id.gs1.org/253/9521565678002200; Dimensionless https://wwww.ncbi.nlm.nih.gov/1118236 18 59; Dimensionless https://www.chemspider.com/Chemical-Structure.5768.html?rid=e68ea2b7-dbe5-43b2-9523-55ca0b02c27e 59 59; conformant
  fruit: is conformant; at lab; stock nothing; history inspecting
  # A device that took a reading is named by the event, so it has a chain too.
  device: history inspecting
  find MATCH_anyEPCClass={fruit}&EQ_bizTransaction_testprd=https://id.gs1.org/253/9521565678002100: inspecting
