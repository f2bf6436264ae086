'use strict'
// A careful Node server: one JSON.stringify a tick, `ws` frames the text for each socket.
// Usage: node encode_once.js FILE HZ. Prints the port.

const { readFileSync } = require('node:fs')
const { WebSocketServer } = require('ws')
const { everyTick } = require('./ticks')

const [file, hz] = process.argv.slice(2)
const document = JSON.parse(readFileSync(file, 'utf8'))
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
  const text = JSON.stringify(document)
  for (const socket of watching) socket.send(text)
})
