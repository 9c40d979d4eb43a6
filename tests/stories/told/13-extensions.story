# Three items are inspected in the open field; the event carries a field of the user's own (Table 5-18).
design 13

call item[3]  01/0952114117473?/21/13101
call field    geo:41.6725,-86.255278

> V1: Object Inspection
  | 2023-01-15 10:00 inspecting item[1-3]; seen at field; myvoc:inspector_badge_nr 244301128; in_progress
  item: at field; is in_progress; holder field; events 1
  find MATCH_anyEPC={item[2]}&EQ_http://myvoc.example.org/#inspector_badge_nr=244301128: inspecting
  find MATCH_anyEPC={item[2]}&EQ_http://myvoc.example.org/#inspector_badge_nr=244301129: nothing
