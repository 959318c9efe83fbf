namespace AkkaSockets.Messages.Frames;

/// <summary>Why a frame was not carried out. The wire has <see cref="ErrorCodes.Text"/>.</summary>
public enum ErrorCode
{
    BadFrame,
    UnknownType,
    TooLarge,
    RateLimited,
    BadTarget,
    Forbidden,
    IdReused,
    Unavailable,
    IdRequired,
}

/// <summary>What the wire calls the codes, and which of them a repeat can cure.</summary>
public static class ErrorCodes
{
    public static string Text(this ErrorCode code) => code switch
    {
        ErrorCode.BadFrame => "bad-frame",
        ErrorCode.UnknownType => "unknown-type",
        ErrorCode.TooLarge => "too-large",
        ErrorCode.RateLimited => "rate-limited",
        ErrorCode.BadTarget => "bad-target",
        ErrorCode.Forbidden => "forbidden",
        ErrorCode.IdReused => "id-reused",
        ErrorCode.Unavailable => "unavailable",
        ErrorCode.IdRequired => "id-required",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };

    /// <summary>True when the same frame may succeed later.</summary>
    public static bool CanRetry(this ErrorCode code) => code is ErrorCode.RateLimited or ErrorCode.Unavailable;
}
