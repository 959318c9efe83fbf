-- Puts a snapshot in the place of the ones that have its sequence number.
-- KEYS: the sorted set of snapshots.  ARGV: the sequence number, the snapshot.
redis.call('ZREMRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[1])
return redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
