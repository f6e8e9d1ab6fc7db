"""The lawyers' desk on the web: it draws and asks `assistant.desk`, which decides who may do what."""
