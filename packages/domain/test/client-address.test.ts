import { clientAddress, countedAs } from '@parley/domain/client-address'
import { expect, test } from 'vitest'

test('mallory writes into X-Forwarded-For whatever she likes, and is counted under what our own proxies saw', () => {
  const spoofed = '203.0.113.9, 10.0.0.1, 198.51.100.7'
  expect(clientAddress(spoofed, 0, '192.0.2.1')).toBe('192.0.2.1')
  expect(clientAddress(spoofed, 1, '192.0.2.1')).toBe('198.51.100.7')
  expect(clientAddress(spoofed, 2, '192.0.2.1')).toBe('10.0.0.1')
  expect(clientAddress(spoofed, 4, '192.0.2.1')).toBe('192.0.2.1')
  for (const wrong of [
    '',
    'unknown',
    ':::',
    'face',
    '1.2.3',
    '1.2.3.4.5',
    '999.1.1.1',
    `${'0'.repeat(50)}::1`,
  ])
    expect(clientAddress(wrong, 1, '192.0.2.1'), wrong).toBe('192.0.2.1')
})

test('a port that a proxy adds is no part of the address, so that a new connection is not somebody new', () => {
  for (const hop of ['198.51.100.7:40312', '198.51.100.7'])
    expect(clientAddress(`1.1.1.1, ${hop}`, 1, '192.0.2.1')).toBe('198.51.100.7')
  for (const hop of ['[2001:db8::7]:40312', '[2001:db8::7]', '2001:db8::7'])
    expect(clientAddress(hop, 1, '192.0.2.1')).toBe('2001:db8::7')
})

test('addresses of one IPv6 network count as one, however they are written; IPv4 ones each for themselves', () => {
  for (const same of ['2001:db8:0:2::1', '2001:0DB8::2:0:0:0:9', '2001:db8:0:2:ffff:ffff:ffff:ffff'])
    expect(countedAs(same), same).toBe('2001:db8:0:2::/64')
  expect(countedAs('2001:db8:0:3::1')).toBe('2001:db8:0:3::/64')
  expect(countedAs('::1')).toBe('0:0:0:0::/64')
  expect(countedAs('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
  for (const mapped of [
    '198.51.100.7',
    '::ffff:198.51.100.7',
    '::ffff:c633:6407',
    '0:0:0:0:0:ffff:c633:6407',
  ])
    expect(countedAs(mapped), mapped).toBe('198.51.100.7')
  expect(countedAs('')).toBe('')
})
