-- Appends events to logs: to each all of its events, if they go on where it ends, or none. What is wrong with one log is no
-- other's trouble.
-- KEYS: for each log its sorted set of events and its highest sequence number. A log stands here once.
-- ARGV: for each log the first sequence number, the last, and how many values follow: score and member of each event to store.
-- Answers for each log 'OK', or the number at which it really ends, or what Redis said against it.
-- Each call of a command costs more than all that is around it: hence one MGET and one MSET for all logs.
local call = redis.pcall

-- Where the log of i really ends, or an error: the number may be missing, or behind the events, if somebody else's tools touched them.
local function ending(i, highest)
  local tail = call('ZREVRANGE', KEYS[i], 0, 0, 'WITHSCORES')
  if tail.err then
    return nil, tail.err
  end
  return tail[2] and math.max(highest, tonumber(tail[2])) or highest
end

-- What is against appending to the log of i, or nothing.
local function objection(i, first, stored)
  if not stored then
    -- MGET takes something else at the key for nothing at all.
    stored = call('GET', KEYS[i + 1])
    if type(stored) == 'table' then
      return stored.err
    end
  end
  local highest = stored and tonumber(stored) or 0
  if stored and not tonumber(stored) then
    return 'WRONGTYPE ' .. KEYS[i + 1] .. ' does not hold a number'
  end
  local beyond = call('ZCOUNT', KEYS[i], first, '+inf')
  if beyond == 0 and tonumber(first) == highest + 1 then
    return nil
  end
  if type(beyond) == 'table' then
    return beyond.err
  end
  local last, err = ending(i, highest)
  if err or tonumber(first) ~= last + 1 then
    return err or string.format('%.0f', last)
  end
end

-- Returns an error, or nothing. In pieces: Lua can't unpack more than some thousand values.
local function add(i, from, to)
  for piece = from, to, 1000 do
    local added = call('ZADD', KEYS[i], unpack(ARGV, piece, math.min(piece + 999, to)))
    if type(added) == 'table' then
      return added.err
    end
  end
end

local numbers = {}
for i = 2, #KEYS, 2 do
  numbers[#numbers + 1] = KEYS[i]
end
local stored = redis.call('MGET', unpack(numbers))

local answers, highest = {}, {}
local at = 1
for i = 1, #KEYS, 2 do
  local to = at + 2 + ARGV[at + 2]
  local answer = objection(i, ARGV[at], stored[(i + 1) / 2]) or add(i, at + 3, to)
  if not answer then
    highest[#highest + 1] = KEYS[i + 1]
    highest[#highest + 1] = ARGV[at + 1]
  end
  answers[#answers + 1] = answer or 'OK'
  at = to + 1
end
if #highest > 0 then
  redis.call('MSET', unpack(highest))
end
return answers
