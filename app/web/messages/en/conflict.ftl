# What several people did at the same moment.
conflict-already-there = Somebody stored the same at the same moment. Nothing was done twice; look at what is there.
conflict-case-moved-on = The case has a newer revision than the one that this was made from. The draft is kept until you begin the next one from there.
