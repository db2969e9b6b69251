const COMMON = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_buffers: '256MB',
  random_page_cost: '1.1',
  jit: 'off',
}

/** A crash or a power cut loses nothing that was committed. */
const DURABLE = { max_wal_size: '2GB', checkpoint_timeout: '15min', wal_compression: 'on' }

/** For data that nobody will miss. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_buffers: '128MB',
}

/** The arguments that PostgreSQL is started with, beside its folder and port. */
export function settings(durable: boolean): string[] {
  return Object.entries({ ...COMMON, ...(durable ? DURABLE : FAST) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
}
