'use strict'

// Calls back at each multiple of 1/hz seconds of the wall clock. Node's timers know whole
// milliseconds, so a tick is up to one late and never early.
exports.everyTick = function everyTick (hz, callback) {
  const period = 1000 / hz
  const plan = () => {
    const now = performance.timeOrigin + performance.now()
    const next = (Math.floor(now / period) + 1) * period
    setTimeout(() => {
      callback()
      plan()
    }, Math.ceil(next - now))
  }
  plan()
}
