"""What is done about facts and services; one function a verb."""
