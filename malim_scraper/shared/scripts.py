"""What happens in Redis in one step, in Lua, so that no worker sees half of it.

KEYS[1]: how all keys of a crawl begin. ARGV[1]: its generation, so that nobody writes into the crawl of others after a
pause or a loss. ARGV[2]: this worker's session. Redis' own clock counts, in milliseconds.
Keys: `generation`; `last`, the newest page number; `keys`, folded address → number; `pages`, number → JSON row;
`targets`, folded address → numbers of the pages that name it; `waiting`, numbers by rank; `leases`, number → session;
`alive`, session → until when; `workers`, name → session and place; `articles`, id → what is stored; `texts`, content
hash → id; `claims`, what is being stored → session and name; `counts`; `notes`; `ended`, session → counts.
"""

_COMMON = """
local p, me = KEYS[1], ARGV[2]
local function clock()
  local now = redis.call('TIME')
  return now[1] * 1000 + math.floor(now[2] / 1000)
end
local function lives(session)
  local score = redis.call('ZSCORE', p .. 'alive', session)
  return score and tonumber(score) > clock()
end
local function read(id)
  local text = redis.call('HGET', p .. 'pages', id)
  return text and cjson.decode(text)
end
local function write(id, row)
  redis.call('HSET', p .. 'pages', id, cjson.encode(row))
  if row.status == 'waiting' then redis.call('ZADD', p .. 'waiting', row.rank, id)
  else redis.call('ZREM', p .. 'waiting', id) end
  if row.status == 'taken' then redis.call('HSET', p .. 'leases', id, me)
  else redis.call('HDEL', p .. 'leases', id) end
end
local function drop(id, row)
  redis.call('HDEL', p .. 'pages', id)
  redis.call('HDEL', p .. 'keys', row.key)
  redis.call('HDEL', p .. 'leases', id)
  redis.call('ZREM', p .. 'waiting', id)
end
local function point(target, id)
  local known = redis.call('HGET', p .. 'targets', target)
  if not known then redis.call('HSET', p .. 'targets', target, id)
  elseif not string.find(' ' .. known .. ' ', ' ' .. id .. ' ', 1, true) then
    redis.call('HSET', p .. 'targets', target, known .. ' ' .. id)
  end
end
local function counted(name) return tonumber(redis.call('HGET', p .. 'counts', name) or 0) end
"""
_GUARD = """
if redis.call('GET', p .. 'generation') ~= ARGV[1] then return redis.error_reply('MALIMGONE') end
"""
_ALL = ("generation last keys pages targets waiting leases alive workers articles texts claims counts notes ended"
        " seeding")

# Return the workers: name, then JSON of its session and place.
WORKERS = _COMMON + """
return redis.call('HGETALL', p .. 'workers')
"""

# Take the place of a worker. ARGV: name, its place, milliseconds until it counts as dead, sessions that are known to be
# dead, between spaces, a generation for a crawl that begins with this worker.
# Returns `named` (another has the name), `wait` (the crawl is being begun), `begin`, or the generation that it joins.
JOIN = _COMMON + """
local name, place, life, now = ARGV[3], ARGV[4], tonumber(ARGV[5]), clock()
for session in string.gmatch(ARGV[6], '%S+') do redis.call('ZREM', p .. 'alive', session) end
local known = redis.call('HGET', p .. 'workers', name)
known = known and cjson.decode(known)
if known and known.session ~= me and lives(known.session) then return {'named', known.place} end
local is_running = false
for _, session in ipairs(redis.call('ZRANGE', p .. 'alive', 0, -1)) do
  if session ~= me and lives(session) then is_running = true end
end
local seeder = redis.call('GET', p .. 'seeding')
if seeder and seeder ~= me then return {'wait', ''} end
local generation = redis.call('GET', p .. 'generation')
if generation and is_running then
  redis.call('HSET', p .. 'workers', name, cjson.encode({session = me, place = place}))
  redis.call('ZADD', p .. 'alive', now + life, me)
  return {'join', generation}
end
for key in string.gmatch('""" + _ALL + """', '%a+') do redis.call('DEL', p .. key) end
redis.call('SET', p .. 'seeding', me, 'PX', life)
redis.call('HSET', p .. 'workers', name, cjson.encode({session = me, place = place}))
return {'begin', ARGV[7]}
"""

# Add rows to a crawl that is being begun. ARGV: milliseconds for which that may take until the next call, then pairs of
# a number and a row; numbers are from 1 on. Returns whether this worker still is the one that begins.
SEED = _COMMON + """
if redis.call('GET', p .. 'seeding') ~= me then return 0 end
redis.call('PEXPIRE', p .. 'seeding', ARGV[3])
for i = 4, #ARGV, 2 do
  local row = cjson.decode(ARGV[i + 1])
  redis.call('HSET', p .. 'keys', row.key, ARGV[i])
  redis.call('HSET', p .. 'pages', ARGV[i], ARGV[i + 1])
  if row.status == 'waiting' then redis.call('ZADD', p .. 'waiting', row.rank, ARGV[i]) end
  if row.target then point(row.target, ARGV[i]) end
  redis.call('SET', p .. 'last', ARGV[i])
end
return 1
"""

# The same for articles. ARGV: milliseconds, then id, content hash and JSON of each.
SEED_ARTICLES = _COMMON + """
if redis.call('GET', p .. 'seeding') ~= me then return 0 end
redis.call('PEXPIRE', p .. 'seeding', ARGV[3])
for i = 4, #ARGV, 3 do
  redis.call('HSET', p .. 'articles', ARGV[i], ARGV[i + 2])
  redis.call('HSETNX', p .. 'texts', ARGV[i + 1], ARGV[i])
end
return 1
"""

# The crawl begins. ARGV: milliseconds until this worker counts as dead, JSON of what the workers are to know.
BEGIN = _COMMON + """
if redis.call('GET', p .. 'seeding') ~= me then return 0 end
redis.call('SET', p .. 'notes', ARGV[4])
redis.call('ZADD', p .. 'alive', clock() + tonumber(ARGV[3]), me)
redis.call('SET', p .. 'generation', ARGV[1])
redis.call('HSET', p .. 'counts', 'begun', redis.call('GET', p .. 'last') or 0)
redis.call('DEL', p .. 'seeding')
return 1
"""

# Return what the worker that began the crawl left for the others, as JSON.
NOTES = _COMMON + _GUARD + """
return redis.call('GET', p .. 'notes')
"""

# This worker lives. ARGV: milliseconds until it counts as dead.
BEAT = _COMMON + _GUARD + """
redis.call('ZADD', p .. 'alive', clock() + tonumber(ARGV[3]), me)
return 1
"""

# This worker ends. ARGV: its counts as JSON. What it had begun waits again. The last one gets the counts of all, and
# nothing is left.
LEAVE = _COMMON + _GUARD + """
redis.call('HSET', p .. 'ended', me, ARGV[3])
redis.call('ZREM', p .. 'alive', me)
local leases = redis.call('HGETALL', p .. 'leases')
for i = 1, #leases, 2 do
  if leases[i + 1] == me then
    local row = read(leases[i])
    row.status = 'waiting'
    write(leases[i], row)
  end
end
for _, session in ipairs(redis.call('ZRANGE', p .. 'alive', 0, -1)) do
  if lives(session) then return {} end
end
local all = redis.call('HVALS', p .. 'ended')
for key in string.gmatch('""" + _ALL + """', '%a+') do redis.call('DEL', p .. key) end
return all
"""

# Put a page in line. ARGV: its row. Returns whether it is new, and whether it was found in this crawl.
ADD = _COMMON + _GUARD + """
local new = cjson.decode(ARGV[3])
local id = redis.call('HGET', p .. 'keys', new.key)
if id then
  local row = read(id)
  if row.status == 'waiting' and new.status == 'waiting' and row.rank < new.rank then
    row.rank = new.rank
    write(id, row)
  end
  return {0, tonumber(id) > counted('begun') and 1 or 0}
end
id = redis.call('INCR', p .. 'last')
redis.call('HSET', p .. 'keys', new.key, id)
write(id, new)
if new.target then point(new.target, id) end
return {1, 1}
"""

# Look after the pages of dead workers, then take the next page, if ARGV[4] is 1. ARGV[3]: the numbers of the pages that
# this worker has, between spaces; others in its name were taken by a call whose answer was lost.
# What a dead worker was storing may be on its disk already: that page waits for the next crawl.
# Returns number, row, how many wait, how many are taken, and how many were taken, stored and read in all.
TAKE = _COMMON + _GUARD + """
local storing = {}
for _, text in ipairs(redis.call('HVALS', p .. 'claims')) do storing[cjson.decode(text).session] = true end
local leases = redis.call('HGETALL', p .. 'leases')
for i = 1, #leases, 2 do
  local id, owner = leases[i], leases[i + 1]
  local is_mine = owner == me
  if (is_mine and not string.find(ARGV[3], ' ' .. id .. ' ', 1, true)) or (not is_mine and not lives(owner)) then
    local row = read(id)
    if row.outcome == 'part' then drop(id, row)
    else
      row.status = (storing[owner] and not is_mine) and 'later' or 'waiting'
      write(id, row)
    end
  end
end
local id, text = 0, ''
if ARGV[4] == '1' then
  id = tonumber(redis.call('ZREVRANGE', p .. 'waiting', 0, 0)[1] or 0)
  if id > 0 then
    local row = read(id)
    row.status = 'taken'
    write(id, row)
    text = cjson.encode(row)
    redis.call('HINCRBY', p .. 'counts', 'taken', 1)
  end
end
return {id, text, redis.call('ZCARD', p .. 'waiting'), redis.call('HLEN', p .. 'leases'), counted('taken'),
        counted('stored'), counted('read')}
"""

# Change a page. ARGV: number, JSON of what changes, names of what is taken away, the statuses and outcomes (`-` is
# none) in which alone it does, between spaces, or empty for any. Returns the row now, or nothing when it did not.
CHANGE = _COMMON + _GUARD + """
local id, row = ARGV[3], read(ARGV[3])
if not row then return nil end
if ARGV[6] ~= '' and not string.find(ARGV[6], ' ' .. row.status .. ' ', 1, true) then return nil end
if ARGV[7] ~= '' and not string.find(ARGV[7], ' ' .. (row.outcome or '-') .. ' ', 1, true) then return nil end
for name, value in pairs(cjson.decode(ARGV[4])) do row[name] = value end
if row.status == 'done' then redis.call('HINCRBY', p .. 'counts', 'read', 1) end
for name in string.gmatch(ARGV[5], '%a[%a_]*') do row[name] = nil end
write(id, row)
if row.target then point(row.target, id) end
return cjson.encode(row)
"""

# Count a new article for the page that led to it. ARGV: its number.
FOUND = _COMMON + _GUARD + """
local row = read(ARGV[3])
if not row then return nil end
row.finds = (row.finds or 0) + 1
write(ARGV[3], row)
return cjson.encode(row)
"""

# Forget pages. ARGV: numbers. Returns their rows.
DROP = _COMMON + _GUARD + """
local rows = {}
for i = 3, #ARGV do
  local row = read(ARGV[i])
  if row then
    drop(ARGV[i], row)
    rows[#rows + 1] = cjson.encode(row)
  end
end
return rows
"""

# Find a page by its folded address. Returns number and row, or nothing.
FIND = _COMMON + _GUARD + """
local id = redis.call('HGET', p .. 'keys', ARGV[3])
return id and {tonumber(id), redis.call('HGET', p .. 'pages', id)} or nil
"""

# Read pages. ARGV: numbers. Returns their rows, false for one that is not there.
READ = _COMMON + _GUARD + """
if #ARGV < 3 then return {} end
return redis.call('HMGET', p .. 'pages', unpack(ARGV, 3))
"""

# Return the numbers of the pages that name a folded address as theirs, between spaces.
NAMING = _COMMON + _GUARD + """
return redis.call('HGET', p .. 'targets', ARGV[3]) or ''
"""

# Return the newest page number.
LAST = _COMMON + _GUARD + """
return tonumber(redis.call('GET', p .. 'last') or 0)
"""

# Return what is stored of an article. ARGV: id.
KNOWN = _COMMON + _GUARD + """
return redis.call('HGET', p .. 'articles', ARGV[3])
"""

# Return the id of the article with a text. ARGV: content hash.
TWIN = _COMMON + _GUARD + """
return redis.call('HGET', p .. 'texts', ARGV[3])
"""

# Ask whether a record may be written. ARGV: id, content hash, revision, worker, the most records of the crawl or 0.
# Returns `yes`; `again` (another worker stored the article or its text, or is about to); `later` (one did that when it
# was killed: whether the line is on its disk, the next crawl sees); `full`.
CLAIM = _COMMON + _GUARD + """
local id, text, revision, most = ARGV[3], ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[7])
local known = redis.call('HGET', p .. 'articles', id)
if known then
  known = cjson.decode(known)
  if known.revision >= revision then return 'again' end
else
  local twin = redis.call('HGET', p .. 'texts', text)
  if twin and twin ~= id then return 'again' end
end
for _, key in ipairs({'id ' .. id, 'text ' .. text}) do
  local claim = redis.call('HGET', p .. 'claims', key)
  if claim then
    claim = cjson.decode(claim)
    if claim.session ~= me then return lives(claim.session) and 'again' or 'later' end
  end
end
if redis.call('HEXISTS', p .. 'claims', 'id ' .. id) == 0 then
  if most > 0 and counted('stored') >= most then return 'full' end
  redis.call('HINCRBY', p .. 'counts', 'stored', 1)
end
local mine = cjson.encode({session = me, name = ARGV[6], id = id})
redis.call('HSET', p .. 'claims', 'id ' .. id, mine, 'text ' .. text, mine)
return 'yes'
"""

# A record was written. ARGV: id, content hash, JSON. Returns how many were stored in all.
STORED = _COMMON + _GUARD + """
redis.call('HSET', p .. 'articles', ARGV[3], ARGV[5])
redis.call('HSETNX', p .. 'texts', ARGV[4], ARGV[3])
redis.call('HDEL', p .. 'claims', 'id ' .. ARGV[3], 'text ' .. ARGV[4])
return counted('stored')
"""

# Ask for a turn at a host. KEYS[1]: how the keys of its workers begin; KEYS[2]: of the host. ARGV: a name for the
# request, how many may be under way, milliseconds between two. Returns 0 when it is its turn, else in how many
# milliseconds to ask again, or after how long a silence that the host asked for, as a negative number.
TURN = _COMMON + """
local now, most, delay = clock(), tonumber(ARGV[4]), tonumber(ARGV[5])
local quiet = tonumber(redis.call('HGET', KEYS[2], 'quiet') or 0)
if quiet > now then return now - quiet end
local under_way, all = 0, redis.call('HGETALL', KEYS[2])
for i = 1, #all, 2 do
  if string.sub(all[i], 1, 2) == 'r ' and all[i] ~= 'r ' .. ARGV[3] then
    local workers, session = string.match(all[i + 1], '^(%S+) (%S+)$')
    if tonumber(redis.call('ZSCORE', workers, session) or 0) > now then under_way = under_way + 1
    else redis.call('HDEL', KEYS[2], all[i]) end
  end
end
if under_way >= most then return 5 end
local last = tonumber(redis.call('HGET', KEYS[2], 'last') or 0)
if now < last + delay then return last + delay - now end
redis.call('HSET', KEYS[2], 'last', now, 'r ' .. ARGV[3], p .. 'alive ' .. me)
redis.call('PEXPIRE', KEYS[2], 7200000)
return 0
"""

# A request ended. KEYS as before. ARGV: its name, milliseconds since it was sent, and for which the host asked to be
# left alone.
TURN_OVER = _COMMON + """
local now = clock()
redis.call('HDEL', KEYS[2], 'r ' .. ARGV[3])
local sent, quiet = now - tonumber(ARGV[4]), now + tonumber(ARGV[5])
if sent > tonumber(redis.call('HGET', KEYS[2], 'last') or 0) then redis.call('HSET', KEYS[2], 'last', sent) end
if tonumber(ARGV[5]) > 0 and quiet > tonumber(redis.call('HGET', KEYS[2], 'quiet') or 0) then
  redis.call('HSET', KEYS[2], 'quiet', quiet)
  redis.call('PEXPIRE', KEYS[2], quiet - now + 7200000)
end
return 1
"""
