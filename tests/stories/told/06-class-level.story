# Twenty pieces of a lot without serial numbers: made, shipped in two goes, ten received (Table 5-7).
# On the line into the receipt the design says 20, its own text and the guideline 10: nobody can receive more than the shipment had, so it is 10.
design 6

call lot           01/0952156825645?/10/6012
call line          414/952114112345?
call plant         414/952114100010?
call exit          414/952114112399?
call maker         414/952214112310?
call retailer      414/952254350010?
call store-gate    414/952254359919?

> V1: Product Instances
  | 2023-07-15 10:00 creating_class_instance ADD 20 lot; seen at line; is at plant; active
  lot: stock 20 with plant; is active; events 1
> V2: Ship 10
  | 2023-07-16 10:00 shipping 10 lot; seen at exit; from owning_party maker; to owning_party retailer; in_transit
  # No event says that the plant is the maker's: what left is missing at the maker, and still stands at the plant.
  lot: stock 20 with plant, -10 with maker, 10 to retailer; events 2
> V3: Shop 10 More
  | 2023-07-17 10:00 shipping 10 lot; seen at exit; from owning_party maker; to owning_party retailer; in_transit
  lot: stock 20 with plant, -20 with maker, 20 to retailer; events 3
> V4: Receive 10
  | 2023-07-16 10:00 receiving 10 lot; seen at store-gate; from owning_party maker; to owning_party retailer; in_progress
  lot: stock 20 with plant, -20 with maker, 10 to retailer, 10 with retailer
  lot: history creating_class_instance, shipping, shipping, receiving
