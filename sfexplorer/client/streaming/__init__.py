"""Live: events of an org by Bayeux, and what makes it tell them: PushTopics, channels, platform events."""
