namespace AkkaSockets.Persistence.Redis;

/// <summary>Why Redis did not do what it was asked.</summary>
public enum RedisFailureReason
{
    /// <summary>Something else: the message has the server's own words.</summary>
    Other,

    /// <summary>There is no connection, or it broke before the answer came. A write may or may not have been carried out.</summary>
    Unreachable,

    /// <summary>No answer came in time. A write may or may not have been carried out.</summary>
    TimedOut,

    /// <summary><c>OOM</c>: maxmemory is reached.</summary>
    OutOfMemory,

    /// <summary><c>READONLY</c>: the server is a replica.</summary>
    ReadOnly,

    /// <summary><c>WRONGTYPE</c>: something else stands at one of the keys.</summary>
    WrongType,

    /// <summary><c>LOADING</c>, <c>MASTERDOWN</c>, <c>BUSY</c>, <c>CLUSTERDOWN</c>, <c>TRYAGAIN</c>: the server is not ready yet.</summary>
    NotReady,

    /// <summary><c>MISCONF</c>: the server cannot write to its disk and refuses writes.</summary>
    CannotSave,

    /// <summary><c>NOAUTH</c>, <c>WRONGPASS</c>, <c>NOPERM</c>, a certificate that is not trusted.</summary>
    Unauthorized,

    /// <summary>What stands in Redis is no event or snapshot.</summary>
    Unreadable,
}

/// <summary>Redis could not be reached, or refused. Nothing in it or its causes tells the connection string's password.</summary>
public class RedisStoreException : Exception
{
    /// <summary>Makes one.</summary>
    public RedisStoreException(RedisFailureReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Why.</summary>
    public RedisFailureReason Reason { get; }
}
