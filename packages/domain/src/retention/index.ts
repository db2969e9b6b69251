/**
 * How long messages are kept, and their removal: docs/subsystems/retention.md.
 * For the worker: `runRetention` is the handler of the job `retention.run`, `planRetention` belongs in its schedule.
 */
export { cancelRun } from './cancel-run.ts'
export { due } from './due.ts'
export { type ChannelPolicy, listPolicies, type PolicyList } from './list-policies.ts'
export { listRuns, type RetentionRun } from './list-runs.ts'
export { planRetention } from './plan-retention.ts'
export { type Going, type Preview, preview } from './preview.ts'
export { runRetention } from './run-retention.ts'
export { type FoundChannel, searchChannels } from './search-channels.ts'
export { type Retention, setPolicy } from './set-policy.ts'
export { startRun } from './start-run.ts'
