-- Puts a snapshot in the place of whatever stands at its sequence number.
-- KEYS: the sorted set of snapshots.  ARGV: the sequence number, the snapshot.
-- The first command changes nothing: where there is no memory left, it is refused before anything was removed.
redis.call('ZADD', KEYS[1], 'XX', ARGV[1], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[1])
return redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
