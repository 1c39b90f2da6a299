"""The paid days of sickness allowance as Kela counts them, and what follows when it ends."""
