-- When a gateway's rows were compared with those that are here last, whatever came of it; null if
-- they never were.
ALTER TABLE tributary_gateway ADD COLUMN compared ${time};

UPDATE tributary_gateway SET compared = (
  SELECT MAX(noticed) FROM tributary_claim
  WHERE tributary_claim.gateway_id = tributary_gateway.id);
