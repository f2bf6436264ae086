'use strict'
// What hobby servers do: each socket asks Emporia's cloud for itself, each tick, and sends what it
// got. Connections to the cloud are kept alive, the cheapest way that Node has.
// Usage: node poll_per_socket.js CLOUD GIDS HZ. Prints the port.

const http = require('node:http')
const { WebSocketServer } = require('ws')
const { everyTick } = require('./ticks')

const [cloud, gids, hz] = process.argv.slice(2)
const agent = new http.Agent({ keepAlive: true })
const authenticated = JSON.stringify({ type: 'authenticated', message: 'Authentication successful.' })
const watching = new Set()

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 1024 }, () => {
  console.log(server.address().port)
})
server.on('connection', (socket) => {
  socket.on('error', () => {})
  socket.on('close', () => watching.delete(socket))
  socket.on('message', (message) => {
    if (JSON.parse(message).type !== 'authenticate') return
    socket.send(authenticated)
    watching.add(socket)
  })
})

everyTick(Number(hz), () => {
  for (const socket of watching) poll((data) => socket.send(JSON.stringify({ type: 'deviceData', data })))
})

function poll (take) {
  const query = new URLSearchParams({
    apiMethod: 'getDeviceListUsages',
    deviceGids: gids,
    instant: new Date().toISOString(),
    scale: '1MIN',
    energyUnit: 'KilowattHours'
  })
  const request = http.get(`${cloud}/AppAPI?${query}`, { agent, headers: { authtoken: 'simulator' } })
  request.on('error', (error) => console.error(error.message))
  request.on('response', (response) => {
    const parts = []
    response.on('data', (part) => parts.push(part))
    response.on('end', () => take(JSON.parse(Buffer.concat(parts))))
  })
}
