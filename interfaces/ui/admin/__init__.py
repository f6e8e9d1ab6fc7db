"""The administration of a site. Every action asks the store again who acts."""
