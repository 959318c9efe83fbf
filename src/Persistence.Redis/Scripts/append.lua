-- Appends events to one log, all or none, if they go on where the log ends.
-- KEYS: the sorted set of events, the highest sequence number.
-- ARGV: the first sequence number of the batch, its last, then score and member of each event to store.
-- Answers 'OK', or the number at which the log really ends.
local first = tonumber(ARGV[1])
local highest = 0
local stored = redis.call('GET', KEYS[2])
if stored then
  highest = tonumber(stored)
  if not highest then
    return redis.error_reply('WRONGTYPE ' .. KEYS[2] .. ' does not hold a number')
  end
end

-- The number may be missing, or behind the events, if somebody else's tools touched them.
if first ~= highest + 1 or redis.call('ZCOUNT', KEYS[1], ARGV[1], '+inf') > 0 then
  local tail = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  if tail[2] then
    highest = math.max(highest, tonumber(tail[2]))
  end
  if first ~= highest + 1 then
    return string.format('%.0f', highest)
  end
end

-- In pieces: Lua can't unpack more than some thousand values.
for i = 3, #ARGV, 1000 do
  redis.call('ZADD', KEYS[1], unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
redis.call('SET', KEYS[2], ARGV[2])
return 'OK'
