import { expect, type Locator, type Page } from '@playwright/test'
import { newChannel } from '../../support/browser-channel.ts'
import { alice, bob, closeBrowsers, contextOf, pageOf } from '../../support/browser-people.ts'
import { message } from '../../support/message.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

async function write(page: Page, text: string, into: Page | Locator = page) {
  await into.getByRole('textbox', { name: /^(Message|Reply)/ }).fill(text)
  await page.keyboard.press('Enter')
}

/** Brings a message's tools and presses one. */
async function press(page: Page, text: string, tool: string) {
  await message(page, text).hover()
  await message(page, text).getByRole('button', { name: tool, exact: true }).click()
}

test('two people talk in two browsers', async ({ browser }) => {
  const his = await contextOf(browser, bob)
  const elsewhere = await newChannel(his.request, 'desk')
  await his.close()
  const a = await pageOf(browser, alice)
  const b = await pageOf(browser, bob, { path: `/c/${elsewhere.id}` })

  await test.step('Alice opens a direct conversation', async () => {
    await a.getByRole('button', { name: 'New message' }).first().click()
    await a.getByRole('combobox', { name: 'Name or e-mail address' }).fill('Bob L')
    await a.getByRole('option', { name: /Bob Lindqvist/ }).click()
    await a.getByRole('dialog').getByRole('button', { name: 'Open' }).click()
    await expect(a.getByRole('heading', { name: bob.name, level: 1 })).toBeVisible()
  })

  const run = Date.now()
  const greeting = `Have you seen the new figures? ${run}`
  await test.step('what she writes reaches Bob, counted', async () => {
    await write(a, greeting)
    await expect(message(a, greeting)).toBeVisible()
    const row = b.getByRole('navigation').getByRole('link', { name: new RegExp(alice.name) })
    await expect(row).toContainText(/\d+ unread/)
    await row.click()
    await expect(message(b, greeting)).toBeVisible()
    await expect(row).not.toContainText('unread')
  })

  await test.step('she sees him write, and what he wrote', async () => {
    await b.getByRole('textbox', { name: /^Message/ }).pressSequentially('Yes, and')
    await expect(a.getByText(`${bob.name} is writing…`)).toBeVisible()
    await write(b, `Yes, and **they are good**: \`p99 = 12 ms\` (${run})`)
    await expect(message(a, `p99 = 12 ms (${run})`)).toBeVisible()
    await expect(message(a, `p99 = 12 ms (${run})`).locator('strong')).toHaveText('they are good')
    await expect(a.getByText(`${bob.name} is writing…`)).toBeHidden()
  })

  await test.step('a reaction is seen by the other, and taken back', async () => {
    await press(b, greeting, 'React with 👍')
    const reaction = message(a, greeting).getByRole('button', { name: /👍, 1/ })
    await expect(reaction).toBeVisible()
    await reaction.click()
    await expect(message(b, greeting).getByRole('button', { name: /👍, 2/ })).toBeVisible()
    await message(b, greeting).getByRole('button', { name: /👍, 2/ }).click()
    await expect(message(a, greeting).getByRole('button', { name: /👍, 1: you/ })).toBeVisible()
  })

  await test.step('an edit is seen by the other, marked', async () => {
    await press(a, greeting, 'Edit')
    await a.getByRole('textbox', { name: 'Edit message' }).fill(`${greeting} On page three.`)
    await a.keyboard.press('Enter')
    await expect(message(b, `${greeting} On page three.`)).toContainText('(edited)')
  })

  await test.step('a thread stays beside the conversation', async () => {
    await press(b, greeting, 'Reply in a thread')
    const panel = b.getByRole('complementary', { name: 'Thread' })
    await write(b, 'The third page is my favourite.', panel)
    await expect(panel.getByRole('article').filter({ hasText: 'my favourite' })).toBeVisible()
    await message(a, greeting)
      .getByRole('link', { name: /1 reply/ })
      .click()
    const hers = a.getByRole('complementary', { name: 'Thread' })
    await expect(hers.getByRole('article').filter({ hasText: 'my favourite' })).toBeVisible()
    await write(a, 'Mine too.', hers)
    await expect(panel.getByRole('article').filter({ hasText: 'Mine too.' })).toBeVisible()
    await expect(message(b, greeting).getByRole('link', { name: /2 replies/ })).toBeVisible()
    await hers.getByRole('button', { name: 'Close' }).click()
    await expect(hers).toBeHidden()
  })

  await test.step('a deleted message leaves a mark on both sides', async () => {
    await write(a, `This was meant for somebody else. ${run}`)
    await expect(message(b, `meant for somebody else. ${run}`)).toBeVisible()
    await press(a, `meant for somebody else. ${run}`, 'More')
    await a.getByRole('menuitem', { name: 'Delete' }).click()
    await a.getByRole('button', { name: 'Delete message' }).click()
    await expect(message(a, 'This message was deleted.').last()).toBeVisible()
    await expect(message(b, 'This message was deleted.').last()).toBeVisible()
    await expect(message(b, `meant for somebody else. ${run}`)).toBeHidden()
  })
})

test('a channel is made, found, joined, left, and joined by invitation', async ({ browser }) => {
  const a = await pageOf(browser, alice)
  const b = await pageOf(browser, bob)
  const name = `orchard-${Date.now()}`

  await a.getByRole('button', { name: 'Create a channel' }).first().click()
  await a.getByLabel('Name').fill(name)
  await a.getByLabel('Topic').fill('Apples, pears, and what to do about the wasps')
  await a.getByRole('button', { name: 'Create channel' }).click()
  await expect(a.getByRole('heading', { name, level: 1 })).toBeVisible()
  await write(a, 'The first basket is in.')

  await b.getByRole('button', { name: 'Browse channels' }).first().click()
  await b.getByRole('textbox', { name: 'Search channels' }).fill(name)
  await b.getByRole('listitem').filter({ hasText: name }).getByRole('button', { name: 'Join' }).click()
  await expect(message(b, 'The first basket is in.')).toBeVisible()
  await expect(a.getByRole('button', { name: '2 members: show them' })).toBeVisible()

  await a.getByRole('button', { name: '2 members: show them' }).click()
  const people = a.getByRole('complementary', { name: 'People' })
  await expect(people).toContainText(bob.name)

  await b.getByRole('button', { name: 'More about this conversation' }).click()
  await b.getByRole('menuitem', { name: 'Leave channel' }).click()
  await b.getByRole('button', { name: 'Leave channel' }).click()
  await expect(b.getByRole('navigation').getByRole('link', { name })).toBeHidden()
  await expect(a.getByRole('button', { name: '1 member: show them' })).toBeVisible()

  await people.getByRole('button', { name: 'Add people' }).click()
  await a.getByRole('combobox', { name: 'Name or e-mail address' }).fill('Bob L')
  await a.getByRole('option', { name: /Bob Lindqvist/ }).click()
  await a.getByRole('dialog').getByRole('button', { name: /^Add/ }).click()
  await expect(b.getByRole('navigation').getByRole('link', { name })).toBeVisible()
})

test('who is not in a conversation is told so, and how to get in', async ({ browser }) => {
  const page = await pageOf(browser, bob, { path: '/c/1' })
  await expect(page.getByText('You are not in this conversation, or it does not exist.')).toBeVisible()
  await expect(page.getByRole('main').getByRole('button', { name: 'Browse channels' })).toBeVisible()
})
