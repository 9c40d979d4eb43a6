# A digital coupon is issued and redeemed (Table 5-14).
design 12

call coupon  255/952114100000?74544
call issuer  414/952114112345?
call shop    414/952255522288?

> V1: Issue Coupon
  | 2023-07-15 10:00 commissioning ADD coupon; seen at issuer; ilmd {"loyalty-card:redeemDate":"16-07-2022"}; active
  coupon: at issuer; is active; events 1
> V2: Redeem Coupon
  | 2023-07-16 10:00 decommissioning DELETE coupon; seen at shop; inactive
  coupon: at shop; is inactive; history commissioning, decommissioning
  find MATCH_anyEPC={coupon}&EQ_ILMD_https://loyalty-card.example.com/#redeemDate=16-07-2022: commissioning
