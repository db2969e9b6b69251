/** The other end of load-process.ts: does what the parent asks, and ends with it. */
export function obeyOrders<Order, Answer>(obey: (order: Order) => Promise<Answer>): void {
  process.on('message', (order: Order) => {
    obey(order).then(
      (answer) => process.send!(answer),
      (error: unknown) => process.send!({ done: 'failed', why: String(error) }),
    )
  })
  process.on('disconnect', () => process.exit(0))
}
