-- The snapshots of the highest sequence number within bounds: one, or several if Akka.Persistence.Redis wrote them.
-- KEYS: the sorted set of snapshots.  ARGV: the upper bound, the lower bound, as ZRANGEBYSCORE takes them.
-- Answers the sequence number and the snapshots, or nothing.
local newest = redis.call('ZREVRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[2], 'WITHSCORES', 'LIMIT', 0, 1)
if not newest[2] then
  return {}
end
local answer = redis.call('ZRANGEBYSCORE', KEYS[1], newest[2], newest[2])
table.insert(answer, 1, newest[2])
return answer
