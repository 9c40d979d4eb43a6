# An item was reported destroyed, and was not: an error declaration withdraws the event, and both stay on record (Table 5-21).
design 16

call item  01/0952114117473?/21/16101
call mill  414/952114111111?

> Destroy no realisation
  | 2023-07-15 10:00 destroying DELETE item; seen at mill; destroyed
  item: is destroyed; at mill; history destroying
> Offset previous error
  | 2023-07-15 10:00 destroying DELETE item; seen at mill; destroyed; DECLARED WRONG 2023-07-17 14:00: did_not_occur
  item: is unspecified; at nowhere; holder nobody; history destroying (withdrawn), destroying (error); events 2
  find MATCH_anyEPC={item}&EXISTS_errorDeclaration=true: destroying
