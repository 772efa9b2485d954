"""The operations of chatbot, a module each."""
