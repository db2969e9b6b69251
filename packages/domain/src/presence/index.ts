/** What people choose of how others see them, and who may see whom. What is observed of them lives in Redis. */
export { hideLastActive } from './hide-last-active.ts'
export { SIGHT, type Sight } from './policy.ts'
export { setAvailability } from './set-availability.ts'
export { setStatus } from './set-status.ts'
export { whoIsSeen } from './who-is-seen.ts'
