-- Deletes events up to a sequence number and keeps the highest one in mind.
-- KEYS: the sorted set of events, the highest sequence number.  ARGV: the last sequence number to delete.
local stored = redis.call('GET', KEYS[2])
if redis.call('ZCOUNT', KEYS[1], '(' .. (stored or '0'), '+inf') > 0 then
  local tail = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  redis.call('SET', KEYS[2], tail[2])
end
return redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
