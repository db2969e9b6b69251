/** What every test may ask for. Each database and each Redis prefix is the test's own. */
export { onEveryRedis } from './every-redis.ts'
export { type TestDatabase, testDatabase } from './test-database.ts'
export { type TestRedis, testRedis } from './test-redis.ts'
