"""What nodes tell each other by NATS. Nothing here is loaded where no server of it is named."""
