-- Takes one request out of every bucket, or out of none when one of them is empty.
-- KEYS: the buckets; each holds the microsecond at which it is full again.
-- ARGV: the office's clock in microseconds, then for each bucket what one request takes and what it holds.
-- Answers for each bucket what it owes now, and what is missing for one request (not above 0: nothing).
local now = tonumber(ARGV[1])
local owed, empty = {}, false
for i, key in ipairs(KEYS) do
  local one, whole = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local full_at = tonumber(redis.call('GET', key) or now) or now
  owed[i] = math.max(0, math.min(full_at - now, whole))
  empty = empty or owed[i] + one > whole
end
local told = {}
for i, key in ipairs(KEYS) do
  local one, whole = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  told[2 * i] = owed[i] + one - whole
  if not empty then owed[i] = owed[i] + one end
  told[2 * i - 1] = owed[i]
  -- A number would be written with fourteen digits. The second more is for clocks that differ.
  redis.call('SET', key, string.format('%.0f', now + owed[i]), 'PX', math.ceil(owed[i] / 1000) + 1000)
end
return told
