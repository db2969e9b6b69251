/** Everything a process of the suite is told, over a database and a Redis prefix of the test's own. */
export function environment(over: Record<string, string>): Record<string, string> {
  return {
    PARLEY_SECRET: 'a secret that only tests know, 32 characters and more',
    SMTP_URL: 'smtp://127.0.0.1:9',
    PARLEY_WEB_URL: 'http://localhost:3000',
    PARLEY_CONSOLE_URL: 'http://localhost:3001',
    PARLEY_REALTIME_URLS: 'ws://localhost:3002',
    PARLEY_BLOB_URL: 'http://localhost:3003',
    ...over,
  }
}
