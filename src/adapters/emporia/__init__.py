"""The client of Emporia's cloud: Cognito sign-in and the device API."""
