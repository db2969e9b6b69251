/**
 * A sliding window out of two counters: the current window's, and what is left of the one before by the time that
 * has passed since. Exact for an even flow, never more than a little off for any other, and constant in size.
 */
export type Counter = { window: number; current: number; before: number }
export type Limit = { points: number; seconds: number }

/** Takes one point from a counter at `now` (Unix milliseconds). What is refused is not counted. */
export function takePoint(
  counter: Counter | undefined,
  { points, seconds }: Limit,
  now: number,
): { counter: Counter; waitMs: number } {
  const length = seconds * 1_000
  const window = Math.floor(now / length)
  const into = now - window * length
  const moved = rolled(counter, window)
  const used = moved.current + (moved.before * (length - into)) / length
  if (used + 1 <= points) return { counter: { ...moved, current: moved.current + 1 }, waitMs: 0 }
  return { counter: moved, waitMs: waitFor(moved, points, length, into) }
}

/** What is left of a counter at `now`, whole points, and the milliseconds until its window ends. Takes none. */
export function pointsLeft(
  counter: Counter | undefined,
  { points, seconds }: Limit,
  now: number,
): { remaining: number; resetMs: number } {
  const length = seconds * 1_000
  const window = Math.floor(now / length)
  const into = now - window * length
  const { current, before } = rolled(counter, window)
  const used = current + (before * (length - into)) / length
  return { remaining: Math.max(0, Math.floor(points - used)), resetMs: length - into }
}

function rolled(counter: Counter | undefined, window: number): Counter {
  if (!counter || counter.window < window - 1) return { window, current: 0, before: 0 }
  if (counter.window === window - 1) return { window, current: 0, before: counter.current }
  return counter
}

/** Until one more fits: within this window as the one before fades, or within the next as this one does. */
function waitFor({ current, before }: Counter, points: number, length: number, into: number): number {
  if (current < points) return length - into - ((points - 1 - current) * length) / before
  return length - into + length - ((points - 1) * length) / current
}

/** What both scripts begin with: the counter as it stands now, by Redis's clock. KEYS: counter; ARGV: points, milliseconds of a window. */
const COUNTER = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local points, length = tonumber(ARGV[1]), tonumber(ARGV[2])
local window = math.floor(now / length)
local into = now - window * length
local kept = redis.call('HMGET', KEYS[1], 'w', 'c', 'b')
local was, current, before = tonumber(kept[1]), tonumber(kept[2] or 0), tonumber(kept[3] or 0)
if not was or was < window - 1 then current, before = 0, 0
elseif was == window - 1 then current, before = 0, current end`

/** The same on Redis. Answers the wait in ms. */
export const TAKE_POINT = `${COUNTER}
if current + before * (length - into) / length + 1 <= points then
  redis.call('HSET', KEYS[1], 'w', window, 'c', current + 1, 'b', before)
  redis.call('PEXPIRE', KEYS[1], length * 2)
  return 0
end
local wait
if current < points then wait = length - into - (points - 1 - current) * length / before
else wait = length - into + length - (points - 1) * length / current end
return math.ceil(wait)`

/** `pointsLeft` on Redis: answers whole points left, and milliseconds until the window ends. */
export const POINTS_LEFT = `${COUNTER}
local left = math.floor(points - current - before * (length - into) / length)
return { math.max(0, left), length - into }`
