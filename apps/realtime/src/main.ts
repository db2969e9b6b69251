import { runProcess } from '@parley/adapters/process'
import { openRealtime } from './open-realtime.ts'

await runProcess((config) => openRealtime(config, { port: config.port ?? 3002, host: config.host }))
