"""Streaming: what happens in the org, kept as events, and told to those who listen by Bayeux.

journal -> capture -> eventstore      while the transaction runs, in the thread that writes
                   -> hub -> clients  once it holds, on the loop of the listener
dialogue: what a client says and is answered;  resources/cometd.py: the HTTP around it
"""
