/** What is talked about where. `{n}` becomes a number, `{day}` a weekday, `{ship}` a ship, `{port}` a port, `{who}` a colleague. */
export type SampleChannel = {
  name: string
  topic: string
  private?: true
  /** Of a hundred colleagues, how many are in it. */
  share: number
  /** Messages in ninety days. */
  messages: number
  openings: readonly string[]
  answers: readonly string[]
}

export const SHIPS = ['Aurora', 'Bonne Chance', 'Cormorant', 'Delfin', 'Estrella', 'Fjordland']
export const PORTS = ['Rotterdam', 'Gdańsk', 'Bergen', 'Lisboa', 'Le Havre', 'Göteborg', 'Piraeus']
export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']

export const CHANNELS: readonly SampleChannel[] = [
  {
    name: 'general',
    topic: 'What everybody should know',
    share: 100,
    messages: 40,
    openings: [
      'The office in {port} is closed on {day}; the desk in Rotterdam takes calls for it.',
      '*New expense rules* from next month: receipts within {n} days, please. Details in the handbook.',
      'Welcome {who}, who starts with us on {day}!',
      'The all-hands moves to {day}, 10:00. Questions beforehand in #random, as ever.',
      'We passed the audit with no findings. Thank you, all of you, and Erin above all.',
    ],
    answers: [
      'Noted, thanks.',
      'Welcome!',
      'Great news.',
      'Will the recording be shared?',
      'Thank you for the early word.',
    ],
  },
  {
    name: 'random',
    topic: 'Anything but work',
    share: 90,
    messages: 420,
    openings: [
      'Found a bakery behind the {port} terminal that does cardamom buns. You are welcome.',
      'Who is in for the lake on {day}? Weather looks kind.',
      'My daughter has named her goldfish after the {ship}. It is as slow.',
      'Chess problem of the week: white to move, mate in {n}. No engines.',
      'The coffee machine on the second floor makes tea now. Not on purpose.',
      'Recommend me a book that has no ships in it.',
      'Lost: one umbrella, green, sentimental value. Last seen {day}.',
    ],
    answers: [
      'Count me in.',
      'This made my day.',
      'I can bring snacks.',
      'Again?',
      'Pictures or it did not happen.',
      'Only if {who} does not sing.',
      '_The Summer Book_, Jansson. Well, almost no ships.',
      'It is in the lost property box, next to the other green one.',
    ],
  },
  {
    name: 'voyages',
    topic: 'Schedules, delays, weather',
    share: 60,
    messages: 620,
    openings: [
      '`{ship}` left {port} {n} minutes late, arrival unchanged.',
      'Weather warning for the approach to {port} on {day}: gusts up to {n} knots. Shall we bring `{ship}` in early?',
      '`{ship}` needs a berth in {port} for {day}, 06:00. Who has the slot list?',
      'Bunker prices in {port} are {n} % down since last week. Worth waiting with `{ship}`?',
      'Pilot for `{ship}` is booked, confirmation no. 44{n}.',
      'ETA of `{ship}` in {port} is now {day} 14:{n}. I have told the agent.',
    ],
    answers: [
      'Berth 7 is free until noon.',
      'Agent confirms.',
      'I would wait: the forecast changes by the hour.',
      'Crew change is planned there, so let us keep it.',
      'Done, and noted in the log.',
      'Who tells the customer?',
      'I do.',
      'Tide is against us before 05:40.',
      'Then {day} it is.',
    ],
  },
  {
    name: 'software',
    topic: 'Releases, reviews, what broke',
    share: 35,
    messages: 560,
    openings: [
      'Release 4.{n} is on staging. Please look at the berth planner before {day}.',
      'The import of the tide tables failed again:\n```\nError: row {n}: expected 7 columns, got 6\n    at readRow (tides.ts:{n}:12)\n```\nLooks like a new format from {port}.',
      'Could somebody review the change to the slot list? It is small: {n} lines, most of them tests.',
      'Search is {n} ms at the 95th percentile now, it was ten times that. An index did it:\n```sql\nCREATE INDEX CONCURRENTLY voyages_ship_day ON voyages (ship_id, day);\n```',
      'I would like to delete the old report page. Does anybody still use it?',
      'Pager was quiet for {n} days. Saying it out loud was a mistake, I know.',
    ],
    answers: [
      'Looking.',
      'Approved, with one remark on the name.',
      'I can reproduce it; the header has a blank line now.',
      'Finance uses it at the end of the quarter. Ask {who}.',
      'Nice. How large is the index?',
      'Fixed in `main`, deploying after lunch.',
      'Works on staging for me.',
      'Let us write that down: a short ADR?',
      'You said it out loud. I was there.',
    ],
  },
  {
    name: 'customer-care',
    topic: 'What customers tell us',
    share: 40,
    messages: 340,
    openings: [
      'Two customers ask for arrival notices by text message, not mail. That makes {n} this month.',
      'Complaint about the late `{ship}`: they want the demurrage statement by {day}. {who}, can you?',
      'A very kind letter from the museum in {port} for the way their crates were handled.',
      'The tracking page shows `{ship}` in the middle of {port}. On land.',
    ],
    answers: [
      'I will call them.',
      'Statement is on its way.',
      'Passed on to the crew; they are proud.',
      'Known: the position feed has a hole there. Ticket is open.',
      'Can we offer them the earlier slot?',
      'Yes, and say that it costs nothing.',
    ],
  },
  {
    name: 'harbour-operations',
    topic: 'Berths, cranes, tugs',
    share: 30,
    messages: 300,
    openings: [
      'Crane 3 is down until {day}. We move `{ship}` to berth {n}.',
      'Tugs are short in {port} this week: book {n} hours ahead.',
      'Safety walk on {day}, starting at the gate. Shoes, please.',
      'Draught check for `{ship}`: 9.{n} m forward. Fine for the sill.',
    ],
    answers: [
      'Understood.',
      'Customs knows.',
      'I will be there.',
      'Photo is in the folder.',
      'Same as last time, then.',
    ],
  },
  {
    name: 'people',
    topic: 'Holidays, training, questions to People',
    share: 100,
    messages: 120,
    openings: [
      'Reminder: {n} days of holiday must be taken before March.',
      'First-aid course on {day}, six places left.',
      'Where do I find the form for parental leave?',
    ],
    answers: ['In the handbook, chapter 4.', 'Place for me, please.', 'And for me.', 'Sent you the link.'],
  },
  {
    name: 'finance-close',
    topic: 'Month end',
    private: true,
    share: 20,
    messages: 160,
    openings: [
      'Accruals for {port} are missing: {n} invoices.',
      'The bank file for {day} has a line twice. I have asked them.',
      'Close is at {n} %. We are a day early.',
    ],
    answers: ['Mine are in.', 'Booked.', 'One is disputed, leave it open.', 'Well done.'],
  },
]
